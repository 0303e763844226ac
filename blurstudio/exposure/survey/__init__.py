"""Surveys: paths tried in windows of a blurred picture, and how well each explains them."""
