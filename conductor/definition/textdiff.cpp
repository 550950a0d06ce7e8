// dtl (BSD licence) compares; its header is heavy and stays in this file.
#include "conductor/definition/textdiff.h"

#include <QStringList>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#include <dtl/dtl.hpp>
#pragma GCC diagnostic pop

#include <algorithm>

namespace conductor {
namespace {

constexpr double mostWork = 4e7; // lines times lines: texts of thousands that have little in common are shown as replaced

std::vector<QString> linesOf(const QString &text)
{
    QStringList lines = text.split(u'\n');
    if (lines.size() > 1 && lines.last().isEmpty())
        lines.removeLast();
    return {lines.begin(), lines.end()};
}

} // namespace

std::vector<DiffLine> textDiff(const QString &before, const QString &after)
{
    std::vector<QString> oldLines = linesOf(before);
    std::vector<QString> newLines = linesOf(after);
    std::vector<DiffLine> lines;
    int lineBefore = 0;
    int lineAfter = 0;
    const auto add = [&](DiffLine::Kind kind, const QString &text) {
        const bool isOld = kind != DiffLine::Kind::Added;
        const bool isNew = kind != DiffLine::Kind::Removed;
        lineBefore += isOld ? 1 : 0;
        lineAfter += isNew ? 1 : 0;
        lines.push_back({kind, text, isOld ? lineBefore : 0, isNew ? lineAfter : 0});
    };

    // What is the same at both ends needs no comparing; most edits are small.
    size_t head = 0;
    while (head < oldLines.size() && head < newLines.size() && oldLines[head] == newLines[head])
        add(DiffLine::Kind::Common, oldLines[head++]);
    size_t tail = 0;
    while (tail < oldLines.size() - head && tail < newLines.size() - head && oldLines[oldLines.size() - 1 - tail] == newLines[newLines.size() - 1 - tail])
        ++tail;

    std::vector<QString> oldMiddle(oldLines.begin() + std::ptrdiff_t(head), oldLines.end() - std::ptrdiff_t(tail));
    std::vector<QString> newMiddle(newLines.begin() + std::ptrdiff_t(head), newLines.end() - std::ptrdiff_t(tail));
    if (oldMiddle.empty() || newMiddle.empty() || double(oldMiddle.size()) * double(newMiddle.size()) > mostWork) {
        for (const QString &line : oldMiddle)
            add(DiffLine::Kind::Removed, line);
        for (const QString &line : newMiddle)
            add(DiffLine::Kind::Added, line);
    } else {
        dtl::Diff<QString> diff(oldMiddle, newMiddle);
        diff.onHuge();
        diff.compose();
        // Within a change what went comes before what came; dtl mixes them.
        std::vector<QString> came;
        const auto addCome = [&] {
            for (const QString &line : came)
                add(DiffLine::Kind::Added, line);
            came.clear();
        };
        for (const auto &[line, info] : diff.getSes().getSequence()) {
            if (info.type == dtl::SES_ADD) {
                came.push_back(line);
                continue;
            }
            if (info.type == dtl::SES_COMMON)
                addCome();
            add(info.type == dtl::SES_DELETE ? DiffLine::Kind::Removed : DiffLine::Kind::Common, line);
        }
        addCome();
    }
    for (size_t i = oldLines.size() - tail; i < oldLines.size(); ++i)
        add(DiffLine::Kind::Common, oldLines[i]);
    return lines;
}

std::vector<DiffHunk> hunks(const std::vector<DiffLine> &lines, int around)
{
    std::vector<bool> isShown(lines.size());
    for (size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].kind == DiffLine::Kind::Common)
            continue;
        const size_t from = i > size_t(around) ? i - size_t(around) : 0;
        const size_t to = std::min(lines.size(), i + size_t(around) + 1);
        std::fill(isShown.begin() + std::ptrdiff_t(from), isShown.begin() + std::ptrdiff_t(to), true);
    }
    std::vector<DiffHunk> found;
    int skipped = 0;
    for (size_t i = 0; i < lines.size(); ++i) {
        if (!isShown[i]) {
            ++skipped;
            continue;
        }
        if (i == 0 || !isShown[i - 1]) {
            found.push_back({skipped, {}});
            skipped = 0;
        }
        found.back().lines.push_back(lines[i]);
    }
    return found;
}

} // namespace conductor
