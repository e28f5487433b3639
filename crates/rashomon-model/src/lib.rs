//! What are we talking about? The nouns, ids, spans and provenance every room shares.
