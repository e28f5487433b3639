"""The reader: one MiniLM-L6 encoder, several heads.

- `tag`: flat BIO of source, cue and content (linear-chain CRF);
- linker: given a cue, every word of the window is outside, source or content *of that cue* (CRF over three labels);
- names heads, one per annotation scheme, and `upos`: plain softmax.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

from corpus import NAMES, TAGS, UPOS

D, HEADS, LAYERS, FF = 384, 12, 6, 1536
PAIR, PAIR2 = 256, 128
NEG = -1e4
DISTANCES = [1, 2, 3, 4, 6, 9, 14, 20, 30, 45, 70]       # words; upper ends of the buckets
N_DIST = 2 * (len(DISTANCES) + 1) + 1                   # 0 = inside the cue


class Layer(nn.Module):
    def __init__(self, drop):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(D, D) for _ in range(4))
        self.up, self.down = nn.Linear(D, FF), nn.Linear(FF, D)
        self.ln1, self.ln2 = nn.LayerNorm(D, eps=1e-12), nn.LayerNorm(D, eps=1e-12)
        self.drop = nn.Dropout(drop)
        self.p = drop

    def forward(self, h, mask):
        b, t, _ = h.shape
        q, k, v = (f(h).view(b, t, HEADS, D // HEADS).transpose(1, 2) for f in (self.q, self.k, self.v))
        # written out: on CPU the fused kernel's backward pass costs more than the whole rest of the layer
        w = torch.matmul(q * (D // HEADS) ** -0.5, k.transpose(2, 3)).masked_fill(~mask, -1e4).softmax(-1).to(q.dtype)
        a = torch.matmul(w, v).transpose(1, 2).reshape(b, t, D)
        h = self.ln1(h + self.o(a))
        return self.ln2(h + self.drop(self.down(F.gelu(self.up(h)))))


class Crf(nn.Module):
    """Linear chain. `allowed[i][j]`: may j follow i; `opens[j]`: may j come first."""

    def __init__(self, allowed, opens):
        super().__init__()
        k = len(opens)
        self.transition, self.start = nn.Parameter(torch.zeros(k, k)), nn.Parameter(torch.zeros(k))
        self.register_buffer("ban", (1 - torch.tensor(allowed, dtype=torch.float)) * NEG, persistent=False)
        self.register_buffer("ban0", (1 - torch.tensor(opens, dtype=torch.float)) * NEG, persistent=False)

    def weights(self):
        return self.transition + self.ban, self.start + self.ban0

    def nll(self, emit, gold, mask):
        """Sum of negative log likelihoods. Partition by a tree of log-space matrix products (short chain, small labels)."""
        emit = emit.float()
        tr, st = self.weights()
        n, t, k = emit.shape
        score = (emit.gather(2, gold[..., None])[..., 0] * mask).sum() + st[gold[:, 0]].sum()
        score = score + (tr[gold[:, :-1], gold[:, 1:]] * mask[:, 1:]).sum()
        m = tr[None, None] + emit[:, 1:, None, :]
        eye = torch.full((k, k), -1e9).fill_diagonal_(0.0)
        m = torch.where(mask[:, 1:, None, None] > 0, m, eye)
        while m.shape[1] > 1:
            if m.shape[1] % 2:
                m = torch.cat([m, eye.expand(n, 1, k, k)], 1)
            m = torch.logsumexp(m[:, 0::2, :, :, None] + m[:, 1::2, None, :, :], 3)
        a0 = st + emit[:, 0]
        z = torch.logsumexp(a0[:, :, None] + m[:, 0], 1) if m.shape[1] else a0
        return torch.logsumexp(z, 1).sum() - score

    @torch.no_grad()
    def viterbi(self, emit, lengths, bias=None):
        """emit [n, t, k] -> list of label lists."""
        emit = emit.float() + (0 if bias is None else bias)
        tr, st = self.weights()
        n, t, k = emit.shape
        s = st + emit[:, 0]
        back, best = [], [s]
        for i in range(1, t):
            v, b = (s[:, :, None] + tr).max(1)
            s = v + emit[:, i]
            back.append(b)
            best.append(s)
        out = []
        for r, length in enumerate(lengths):
            j = int(best[length - 1][r].argmax())
            path = [j]
            for i in range(length - 2, -1, -1):
                j = int(back[i][r, j])
                path.append(j)
            out.append(path[::-1])
        return out


class Reader(nn.Module):
    def __init__(self, drop=0.1):
        super().__init__()
        self.word, self.position = nn.Embedding(30522, D), nn.Embedding(256, D)
        self.segment = nn.Parameter(torch.zeros(D))
        self.shape, self.quote = nn.Embedding(12, D), nn.Embedding(4, D)
        self.ln0, self.drop = nn.LayerNorm(D, eps=1e-12), nn.Dropout(drop)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(LAYERS))
        self.tag = nn.Linear(D, 7)
        follows = [[j % 2 == 1 or j == 0 or i in (j, j - 1) for j in range(7)] for i in range(7)]
        self.tag_crf = Crf(follows, [j % 2 == 1 or j == 0 for j in range(7)])
        self.pair_word, self.pair_cue, self.pair_tag = nn.Linear(D, PAIR), nn.Linear(D, PAIR, bias=False), nn.Linear(7, PAIR, bias=False)
        self.pair_distance, self.pair_paragraph, self.pair_between = nn.Embedding(N_DIST, PAIR), nn.Embedding(5, PAIR), nn.Embedding(9, PAIR)
        self.pair_conv = nn.Linear(3 * PAIR, PAIR2)      # a convolution over the word before, the word, the word after
        self.pair_out = nn.Linear(PAIR2, 3)
        self.pair_crf = Crf([[True] * 3] * 3, [True] * 3)
        self.names = nn.ModuleDict({k: nn.Linear(D, 1 + 2 * len(v)) for k, v in NAMES.items()})
        self.upos = nn.Linear(D, len(UPOS))
        for m in (self.shape, self.quote):
            nn.init.zeros_(m.weight)
        for m in (self.pair_distance, self.pair_paragraph, self.pair_between):
            nn.init.normal_(m.weight, std=0.1)

    def warm_start(self, path):
        """Copy the encoder of a BERT-style checkpoint (safetensors), and the flat tagger's output layer if it has one."""
        w = load_file(path)
        pre = "enc." if any(k.startswith("enc.") for k in w) else ""
        g = lambda k: w[pre + k].float()
        own = self.state_dict()
        own["word.weight"].copy_(g("embeddings.word_embeddings.weight"))
        own["position.weight"].copy_(g("embeddings.position_embeddings.weight")[:256])
        own["segment"].copy_(g("embeddings.token_type_embeddings.weight")[0])
        pairs = [("ln0", "embeddings.LayerNorm")]
        for i in range(LAYERS):
            a = f"encoder.layer.{i}."
            pairs += [(f"layers.{i}.q", a + "attention.self.query"), (f"layers.{i}.k", a + "attention.self.key"), (f"layers.{i}.v", a + "attention.self.value"),
                      (f"layers.{i}.o", a + "attention.output.dense"), (f"layers.{i}.ln1", a + "attention.output.LayerNorm"),
                      (f"layers.{i}.up", a + "intermediate.dense"), (f"layers.{i}.down", a + "output.dense"), (f"layers.{i}.ln2", a + "output.LayerNorm")]
        if "out.weight" in w:
            own["tag.weight"].copy_(w["out.weight"].float())
            own["tag.bias"].copy_(w["out.bias"].float())
        for ours, theirs in pairs:
            for part in ("weight", "bias"):
                own[f"{ours}.{part}"].copy_(g(f"{theirs}.{part}"))

    def encode(self, batch):
        """Hidden vectors of the words: [windows, words, D]."""
        ids = batch["ids"]
        h = self.word(ids) + self.position.weight[: ids.shape[1]] + self.segment + self.shape(batch["shape"]) + self.quote(batch["quote"])
        h = self.drop(self.ln0(h))
        if torch.is_autocast_enabled("cpu"):
            h = h.to(torch.bfloat16)
        for layer in self.layers:
            h = layer(h, batch["mask"])
        return h.gather(1, batch["first"][..., None].expand(-1, -1, D))

    def link(self, words, tags, paragraph, rows, cues):
        """Emissions [cues, words, 3]; `rows[i]` the window of cue i, `cues[i]` its word range [lo, hi)."""
        rows = torch.as_tensor(rows)
        lo, hi = torch.tensor([c[0] for c in cues]), torch.tensor([c[1] for c in cues])
        at = torch.arange(words.shape[1])[None]
        inside = ((at >= lo[:, None]) & (at < hi[:, None])).float()
        c = torch.einsum("nw,nwd->nd", inside, words[rows].float()) / inside.sum(1, keepdim=True)
        d = torch.where(at < lo[:, None], at - lo[:, None], torch.where(at >= hi[:, None], at - hi[:, None] + 1, 0))
        edge = torch.bucketize(d.abs(), torch.tensor(DISTANCES)) + 1
        dist = torch.where(d == 0, 0, torch.where(d < 0, edge, edge + len(DISTANCES) + 1))
        par = (paragraph[rows] - paragraph[rows].gather(1, lo[:, None])).clamp(-2, 2) + 2
        starts = torch.zeros(words.shape[:2], dtype=torch.long)
        starts[rows, lo] = 1
        count = starts.cumsum(1)[rows]
        mine = count.gather(1, lo[:, None])
        between = torch.where(d >= 0, (count - mine).clamp(0, 4) + 4, 4 - (mine - 1 - count).clamp(0, 4))
        tagged = self.pair_word(words) + self.pair_tag(tags.detach().float().softmax(-1))
        x = tagged[rows] + self.pair_cue(c)[:, None] + self.pair_distance(dist) + self.pair_paragraph(par) + self.pair_between(between)
        x = F.pad(F.gelu(x), (0, 0, 1, 1))
        x = self.pair_conv(torch.cat([x[:, :-2], x[:, 1:-1], x[:, 2:]], -1))
        return self.pair_out(self.drop(F.gelu(x)))


def runs(labels, begin, inside):
    """Word ranges of B (I)* in a label list; an I without an opener opens one."""
    out, open_ = [], False
    for i, k in enumerate(labels):
        if k == begin or (k == inside and not open_):
            out.append([i, i + 1])
            open_ = True
        elif k == inside:
            out[-1][1] = i + 1
        else:
            open_ = False
    return [tuple(x) for x in out]
