"""A newsroom on Wagtail, for the tests."""
