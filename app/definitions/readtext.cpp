#include "app/definitions/readtext.h"

#include "conductor/definition/jsonpath.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using conductor::element;
using conductor::member;
using conductor::TextPosition;

namespace app {

ReadText::ReadText(QString text, const conductor::Surroundings &surroundings)
    : m_text(std::move(text))
    , m_checked(conductor::validateText(m_text.toUtf8(), surroundings))
    , m_positions(conductor::positionsIn(m_text))
{
    if (!m_checked.definition)
        return;
    if (auto definition = conductor::WorkflowDefinition::fromJson(*m_checked.definition))
        m_definition = std::make_shared<const conductor::WorkflowDefinition>(std::move(*definition));
    findTasks((*m_checked.definition)[u"tasks"].toArray(), u"tasks"_s);
    m_order.reserve(size_t(m_positions.places.size()));
    for (auto place = m_positions.places.cbegin(); place != m_positions.places.cend(); ++place)
        m_order.emplace_back(std::pair(place->line, place->column), place.key());
    std::sort(m_order.begin(), m_order.end());
}

void ReadText::findTasks(const QJsonArray &sequence, const QString &path)
{
    for (int i = 0; i < sequence.size(); ++i) {
        const QJsonObject task = sequence[i].toObject();
        const QString here = element(path, i);
        const QString ref = task[u"taskReferenceName"].toString();
        if (!m_paths.contains(ref))
            m_paths.insert(ref, here);
        m_refs.insert(here, ref);
        m_names[task[u"name"].toString()] << here;
        const QString forks = member(here, u"forkTasks");
        const QJsonArray branches = task[u"forkTasks"].toArray();
        for (int branch = 0; branch < branches.size(); ++branch)
            findTasks(branches[branch].toArray(), element(forks, branch));
        const QJsonObject cases = task[u"decisionCases"].toObject();
        for (auto it = cases.begin(); it != cases.end(); ++it)
            findTasks(it->toArray(), member(member(here, u"decisionCases"), it.key()));
        findTasks(task[u"defaultCase"].toArray(), member(here, u"defaultCase"));
        findTasks(task[u"loopOver"].toArray(), member(here, u"loopOver"));
    }
}

std::optional<TextPosition> ReadText::placeOfTask(const QString &ref) const
{
    const auto path = m_paths.constFind(ref);
    return path == m_paths.cend() ? std::nullopt : std::optional(m_positions.of(*path));
}

QString ReadText::pathOfTask(const QString &ref) const
{
    return m_paths.value(ref);
}

// The task that the last key before the position belongs to.
QString ReadText::taskAt(TextPosition position) const
{
    const auto after = std::upper_bound(m_order.begin(), m_order.end(), std::pair(position.line, position.column),
                                        [](const std::pair<int, int> &at, const auto &place) { return at < place.first; });
    if (after == m_order.begin())
        return {};
    QString path = std::prev(after)->second;
    while (!path.isEmpty()) {
        if (const auto ref = m_refs.constFind(path); ref != m_refs.cend())
            return *ref;
        const qsizetype cut = std::max(path.lastIndexOf(u'.'), path.lastIndexOf(u'['));
        path.truncate(std::max<qsizetype>(cut, 0));
    }
    return {};
}

} // namespace app
