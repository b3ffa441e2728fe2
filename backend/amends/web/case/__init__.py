"""What a case is made of: access, posts, authors, timeline, search words."""
