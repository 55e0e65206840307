"""What Rekognition's operations do, in words for people."""

from typing import Final

WORDS: Final = {
    "associate_faces": "Enrolling people",
    "compare_faces": "Comparing faces",
    "detect_custom_labels": "Custom labels",
    "detect_faces": "Finding faces",
    "detect_labels": "Naming things",
    "detect_moderation_labels": "Checking for unsafe content",
    "detect_protective_equipment": "Finding protective equipment",
    "detect_text": "Reading text",
    "index_faces": "Enrolling faces",
    "recognize_celebrities": "Celebrity recognition",
    "search_faces_by_image": "Finding faces again",
    "search_users_by_image": "Finding people again",
}
"""By boto3's names."""
