// Two texts line by line: what is common, what went, what came. Long texts with little in common (thousands of lines) come out as
// one replaced by the other.
#pragma once

#include <QString>

#include <vector>

namespace conductor {

struct DiffLine {
    enum class Kind { Common, Removed, Added };

    Kind kind = Kind::Common;
    QString text;
    int lineBefore = 0; // from 1; 0: not there
    int lineAfter = 0;
};

std::vector<DiffLine> textDiff(const QString &before, const QString &after);

// Only the changes with that many common lines around them; where lines are left out, `skipped` of the next hunk says how many.
struct DiffHunk {
    int skipped = 0; // common lines before it that are not shown
    std::vector<DiffLine> lines;
};
std::vector<DiffHunk> hunks(const std::vector<DiffLine> &lines, int around = 3);

} // namespace conductor
