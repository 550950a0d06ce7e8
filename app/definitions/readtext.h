// What the text of a definition says: its problems, its tasks and where each stands. Made anew whenever the text has paused.
#pragma once

#include "conductor/definition/positions.h"
#include "conductor/definition/validator.h"
#include "conductor/model/definition.h"

#include <memory>
#include <vector>

namespace app {

class ReadText
{
public:
    ReadText() = default;
    ReadText(QString text, const conductor::Surroundings &surroundings);

    const QString &text() const { return m_text; }
    const std::vector<conductor::Problem> &problems() const { return m_checked.problems; }
    const std::optional<QJsonObject> &json() const { return m_checked.definition; } // nothing while it is no JSON object
    const std::shared_ptr<const conductor::WorkflowDefinition> &definition() const { return m_definition; } // null while it is none
    const std::optional<conductor::JsonPositions::Fault> &fault() const { return m_positions.fault; }

    conductor::TextPosition placeOf(const QString &path) const { return m_positions.of(path); }
    std::optional<conductor::TextPosition> placeOfTask(const QString &ref) const;
    QString pathOfTask(const QString &ref) const;           // of the first with that reference; empty: there is none
    QString taskAt(conductor::TextPosition position) const; // the reference of the innermost task there; empty: none
    QStringList refs() const { return m_paths.keys(); }
    QStringList pathsNamed(const QString &name) const { return m_names.value(name); } // tasks whose name, not reference, it is

private:
    void findTasks(const QJsonArray &sequence, const QString &path);

    QString m_text;
    conductor::CheckedText m_checked;
    conductor::JsonPositions m_positions;
    std::shared_ptr<const conductor::WorkflowDefinition> m_definition;
    QHash<QString, QString> m_paths; // reference → path
    QHash<QString, QString> m_refs;  // path → reference
    QHash<QString, QStringList> m_names; // name → paths
    std::vector<std::pair<std::pair<int, int>, QString>> m_order; // every place, in the order of the text
};

} // namespace app
