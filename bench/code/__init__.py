"""Generated code against each other: decoding, encoding, import, memory, size."""
