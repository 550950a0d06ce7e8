#include "app/executions/graphindex.h"

#include <algorithm>
#include <cmath>

namespace app {

GraphIndex::GraphIndex(const std::vector<QRectF> &rectangles, QSizeF size)
    : m_seen(rectangles.size())
{
    // Cells about as large as a few boxes, but no more of them than a few per rectangle.
    const double most = std::max<double>(16, double(rectangles.size()));
    m_cell = std::max(256.0, std::sqrt(size.width() * size.height() / most));
    m_columns = std::max(1, int(std::ceil(size.width() / m_cell)));
    m_rows = std::max(1, int(std::ceil(size.height() / m_cell)));
    m_starts.assign(size_t(m_columns) * size_t(m_rows) + 1, 0);

    const auto visitCells = [&](auto &&visit) {
        for (size_t i = 0; i < rectangles.size(); ++i) {
            if (rectangles[i].isNull())
                continue;
            const Range range = cells(rectangles[i]);
            for (int row = range.top; row <= range.bottom; ++row) {
                for (int column = range.left; column <= range.right; ++column)
                    visit(size_t(row) * size_t(m_columns) + size_t(column), int(i));
            }
        }
    };
    visitCells([this](size_t cell, int) { ++m_starts[cell + 1]; });
    for (size_t cell = 1; cell < m_starts.size(); ++cell)
        m_starts[cell] += m_starts[cell - 1];
    m_items.resize(size_t(m_starts.back()));
    std::vector<int> next(m_starts.begin(), m_starts.end() - 1);
    visitCells([&](size_t cell, int item) { m_items[size_t(next[cell]++)] = item; });
}

GraphIndex::Range GraphIndex::cells(const QRectF &rectangle) const
{
    const auto at = [this](double position, int count) { return std::clamp(int(std::floor(position / m_cell)), 0, count - 1); };
    return {at(rectangle.left(), m_columns), at(rectangle.top(), m_rows), at(rectangle.right(), m_columns), at(rectangle.bottom(), m_rows)};
}

const std::vector<int> &GraphIndex::in(const QRectF &part) const
{
    m_found.clear();
    if (m_starts.empty())
        return m_found;
    const Range range = cells(part);
    for (int row = range.top; row <= range.bottom; ++row) {
        for (int column = range.left; column <= range.right; ++column) {
            const size_t cell = size_t(row) * size_t(m_columns) + size_t(column);
            for (int i = m_starts[cell]; i < m_starts[cell + 1]; ++i) {
                const int item = m_items[size_t(i)];
                if (!m_seen[size_t(item)]) {
                    m_seen[size_t(item)] = 1;
                    m_found.push_back(item);
                }
            }
        }
    }
    for (const int item : m_found)
        m_seen[size_t(item)] = 0;
    std::sort(m_found.begin(), m_found.end());
    return m_found;
}

} // namespace app
