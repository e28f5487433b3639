//! Here are bytes: what is the article?
