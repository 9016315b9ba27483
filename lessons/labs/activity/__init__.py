"""What every hidden node does over the data while a network learns, and which nodes are dead."""
