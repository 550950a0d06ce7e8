// What a fuzz target requires of the code it feeds: a violation ends it, so that libFuzzer keeps the input.
#pragma once

#include <QByteArray>

#include <cstdio>
#include <cstdlib>

namespace fuzz {

inline void require(bool holds, const char *what, const QByteArray &seen = {})
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n%s\n", what, seen.left(4000).constData());
    std::abort();
}

// Bytes as they arrive: the whole in pieces of sizes that the seed has.
template <typename Take>
void inPieces(const QByteArray &bytes, unsigned seed, Take take)
{
    for (qsizetype at = 0; at < bytes.size();) {
        seed = seed * 1103515245u + 12345u;
        const qsizetype size = 1 + qsizetype((seed >> 16) % 61);
        take(bytes.mid(at, size));
        at += size;
    }
}

} // namespace fuzz
