"""attrlint in Wagtail: the editor shows where a story does not say who is speaking, and publishing can be held."""
