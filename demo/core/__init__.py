"""What WordPress itself prints, whatever the theme: the head, classes, titles, comments, widgets."""
