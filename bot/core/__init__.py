"""What a photo means. Pure: no network, no disk, no clock, no environment, no vendor."""
