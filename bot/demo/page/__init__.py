"""The workspace in the browser: a page that shows it to one member, and takes what they do."""
