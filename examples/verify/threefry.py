"""Threefry-2x32 with 20 rounds, and what is drawn by it: keys, normal numbers, coins, graphs."""
import array, itertools, math, struct, sys
from documents import canonical

# ---- Threefry-2x32 with 20 rounds: many counters at once, in 64-bit lanes of one integer -------------
def threefry(key, high, low, count):
    "Both words of the counters (high, low), (high, low + 1), ..., in turn."
    out, keys, top = array.array("I"), (key[0], key[1], key[0] ^ key[1] ^ 0x1BD11BDA), 0xFFFFFFFF
    for at in range(low, low + count, 2048):
        lanes = range(at, min(at + 2048, low + count))
        ones = int.from_bytes(b"\1\0\0\0\0\0\0\0" * len(lanes), "little")
        b = int.from_bytes(struct.pack(f"<{len(lanes)}Q", *(i + key[1] & top for i in lanes)), "little")
        a, mask = ones * (high + key[0] & top), ones * top
        for group in range(1, 6):
            for by in ((17, 29, 16, 24), (13, 15, 26, 6))[group % 2]:
                a = a + b & mask
                b = (b << by | b >> 32 - by) & mask ^ a
            a, b = a + ones * keys[group % 3] & mask, b + ones * (keys[(group + 1) % 3] + group & top) & mask
        out.frombytes((a | b << 32).to_bytes(8 * len(lanes), "little"))
    if sys.byteorder == "big": out.byteswap()
    return out
def key_for(*parts):
    data, h = canonical(parts).encode(), (0x65717569, 0x68617264)
    blocks = [struct.unpack("<2I", data[at:at + 8].ljust(8, b"\0")) for at in range(0, len(data), 8)]
    for m in (*blocks, (len(data), 1)):
        x = threefry(h, *m, 1)
        h = (x[0] ^ m[0], x[1] ^ m[1])
    return h
def fold_in(key, part): return tuple(threefry(key, part >> 32, part & 0xFFFFFFFF, 1))
def density(x): return math.exp(-x * x / 2)
EDGE = [0.00991256303533646 / density(3.4426198558966523), 3.4426198558966523]
while len(EDGE) < 128: EDGE.append(math.sqrt(-2 * math.log(0.00991256303533646 / EDGE[-1] + density(EDGE[-1]))))
def normals(key, count):
    "A ziggurat of 128 layers; what a number needs beyond its two words comes from counters of its own."
    words = threefry(key, 2**31, 0, count)
    return [normal(key, i, words[2 * i] & 255, ((words[2 * i] >> 8) + (words[2 * i + 1] + 0.5) * 2**-32) * 2**-24)
            for i in range(count)]
def normal(key, index, layer, u):
    attempt = itertools.count(3 * 2**30)
    def uniform():
        high, low = threefry(key, next(attempt), index, 1)
        return ((high >> 5) * 2**26 + (low >> 6)) / 2**53
    while True:
        sign, edge, following = 1 - 2 * (layer >> 7), EDGE[layer & 127], (EDGE + [0])[(layer & 127) + 1]
        if u < following / edge: return sign * u * edge
        if layer & 127 == 0: break
        low, high = density(edge), density(edge * (following / edge))
        if low + uniform() * (high - low) < density(u * edge): return sign * u * edge
        u = uniform() * 256
        layer, u = int(u), u - int(u)
    while True:  # the tail
        beyond = -math.log(1 - uniform()) / EDGE[1]
        if -2 * math.log(1 - uniform()) > beyond * beyond: return sign * (EDGE[1] + beyond)
def coins(key, p):
    "Words of 32 independent bits of probability p: its binary digits against those of uniform numbers."
    source = (word for at in itertools.count(0, 4096) for word in threefry(key, 2**31, at, 4096))
    if p == 0.5: yield from source
    numerator, denominator = float(p).as_integer_ratio()
    while True:
        undecided, below = 0xFFFFFFFF, 0
        for digit in bin(numerator)[2:].zfill(denominator.bit_length() - 1):
            drawn = next(source)
            if digit == "1": below |= undecided & ~drawn
            undecided &= drawn if digit == "1" else ~drawn
            if not undecided: break
        yield below
def drawn_graph(n, source):
    "Its pairs i < j as bits, row by row; every graph begins with a fresh word."
    return sum(next(source) << 32 * i for i in range(-(-n * (n - 1) // 64)))
