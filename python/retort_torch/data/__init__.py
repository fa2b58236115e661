"""Images: the built-in Shapes, and folders of images."""
