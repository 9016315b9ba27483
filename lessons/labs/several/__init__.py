"""Several labs behind one: each page's scene brings in the lab that knows it."""
