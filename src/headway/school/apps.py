from django.apps import AppConfig


class SchoolConfig(AppConfig):
    """The one Django app."""

    name = "headway.school"
    label = "school"
    verbose_name = "Headway"
