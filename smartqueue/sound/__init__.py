"""What displays and kiosks are heard with: voices, sentences on disk, and the one player."""
