-- encoder_digest: of the weights of an encoder of this installation, which decide every vector; absent of a
-- provider's encoder, and of indexes that were requested before this column, which the 8-bit weights embed.
ALTER TABLE index_version ADD COLUMN encoder_digest text;
