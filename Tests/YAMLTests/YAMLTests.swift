// Made in the next commit.
