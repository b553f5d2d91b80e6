"""Sentence embeddings: MiniLM (all-MiniLM-L6-v2, int8), and the cosine of what two texts mean. Needs the extra `peers`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from bench.nearest import TOKENIZER, WEIGHTS, Kept, folder_of

BATCH, SIZE = 64, 384
"""So many texts at once, and so many numbers for each."""


class Embedded:
    """Finds the text that means the most alike."""

    def __init__(self, kept: Kept, _: float) -> None:
        self.vectors, self.encoder = kept["vectors"], open_encoder()

    def nearest(self, question: str) -> tuple[int, float]:
        """The number of the nearest text, and how near it is."""
        scores = self.vectors @ self.encoder.encode([question])[0]
        best = int(scores.argmax())
        return best, float(scores[best])


class Encoder:
    """Texts -> vectors of length one."""

    def __init__(self) -> None:
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = InferenceSession(str(folder_of(WEIGHTS) / "model.onnx"), options)
        self.tokenizer = Tokenizer.from_file(str(folder_of(TOKENIZER) / "model" / "tokenizer.json"))
        self.tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """The mean of what the tokens mean."""
        cut = self.tokenizer.encode_batch(list(texts))
        mask = np.array([each.attention_mask for each in cut], dtype=np.int64)
        ids = np.array([each.ids for each in cut], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (states,) = self.session.run(["last_hidden_state"], given)
        sums = (states * mask[:, :, None]).sum(axis=1)
        return sums / np.linalg.norm(sums, axis=1, keepdims=True)


@cache
def open_encoder() -> Encoder:
    """The encoder, once."""
    return Encoder()


def teach(texts: Sequence[str], _: str) -> Kept:
    """The vectors of the texts, those of one length made together."""
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        vectors[chosen] = open_encoder().encode([texts[number] for number in chosen])
    return {"vectors": vectors}


ASKED = Embedded
