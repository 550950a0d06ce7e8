#include "conductor/definition/difference.h"

#include "conductor/definition/compact.h"
#include "conductor/definition/jsonpath.h"

#include <QHash>
#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr int deepest = 64;

// Keys that hold other tasks; those are compared on their own.
constexpr std::array<QStringView, 4> holders{u"forkTasks", u"decisionCases", u"defaultCase", u"loopOver"};

struct Placed {
    QJsonObject json;
    QString path;
    QString container; // reference of what it lies in, and in which lane: "fork/forkTasks[1]"
    QString previous;  // the reference before it in its sequence
};

struct Flattened {
    QStringList order;
    QHash<QString, Placed> tasks;
};

class Flattener
{
public:
    Flattened flatten(const QJsonObject &definition)
    {
        sequence(definition[u"tasks"].toArray(), u"tasks"_s, {}, 0);
        return std::move(m_result);
    }

private:
    void sequence(const QJsonArray &array, const QString &path, const QString &container, int depth)
    {
        if (depth > deepest)
            return;
        QString previous;
        for (qsizetype i = 0; i < array.size(); ++i) {
            const QJsonObject json = array[i].toObject();
            const QString at = element(path, i);
            const QString ref = uniqueRef(json[u"taskReferenceName"].toVariant().toString());
            m_result.order << ref;
            m_result.tasks.insert(ref, {json, at, container, previous});
            previous = ref;
            inside(json, at, ref, depth);
        }
    }

    void inside(const QJsonObject &json, const QString &path, const QString &ref, int depth)
    {
        const QJsonArray branches = json[u"forkTasks"].toArray();
        for (qsizetype i = 0; i < branches.size(); ++i)
            sequence(branches[i].toArray(), element(member(path, u"forkTasks"), i), element(member(ref, u"forkTasks"), i), depth + 1);
        const QJsonObject cases = json[u"decisionCases"].toObject();
        for (auto it = cases.begin(); it != cases.end(); ++it)
            sequence(it->toArray(), member(member(path, u"decisionCases"), it.key()), member(member(ref, u"decisionCases"), it.key()), depth + 1);
        for (const QStringView key : {u"defaultCase", u"loopOver"})
            sequence(json[key].toArray(), member(path, key), member(ref, key), depth + 1);
    }

    // Definitions with the same reference twice are no good, but somebody may be about to mend one.
    QString uniqueRef(const QString &ref) const
    {
        QString unique = ref;
        for (int copy = 2; m_result.tasks.contains(unique); ++copy)
            unique = u"%1#%2"_s.arg(ref).arg(copy);
        return unique;
    }

    Flattened m_result;
};

void compare(const QJsonValue &before, const QJsonValue &after, const QString &path, int depth, std::vector<FieldChange> &changes)
{
    if (before == after)
        return;
    if (!before.isObject() || !after.isObject() || depth > deepest) {
        changes.push_back({path, before, after});
        return;
    }
    const QJsonObject one = before.toObject();
    const QJsonObject other = after.toObject();
    QSet<QString> keys;
    QStringList order;
    for (const QJsonObject &object : {one, other}) {
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!keys.contains(it.key()))
                order << it.key();
            keys.insert(it.key());
        }
    }
    order.sort();
    for (const QString &key : order)
        compare(one[key], other[key], member(path, key), depth + 1, changes);
}

QJsonObject without(QJsonObject json, bool isTask)
{
    for (const QStringView key : holders)
        json.remove(key);
    if (!isTask)
        json.remove(u"tasks"_s);
    return json;
}

// Which tasks of the newer sequence have to be called moved: those outside the longest common order. Without it, one task that
// goes from the end to the front would make all others moved.
QSet<QString> displaced(const Flattened &before, const Flattened &after)
{
    QHash<QString, QStringList> oldSequences;
    for (const QString &ref : before.order)
        oldSequences[before.tasks[ref].container] << ref;
    QHash<QString, QStringList> newSequences;
    for (const QString &ref : after.order)
        newSequences[after.tasks[ref].container] << ref;

    QSet<QString> moved;
    for (auto it = newSequences.begin(); it != newSequences.end(); ++it) {
        QHash<QString, int> places;
        const QStringList old = oldSequences.value(it.key());
        for (int i = 0; i < old.size(); ++i)
            places.insert(old[i], i);
        std::vector<QString> shared;
        for (const QString &ref : it.value()) {
            if (places.contains(ref))
                shared.push_back(ref);
        }
        // The longest rising chain of old places, in n log n.
        std::vector<int> tails;
        std::vector<int> from(shared.size(), -1);
        for (int i = 0; i < int(shared.size()); ++i) {
            const auto smaller = [&](int a, int place) { return places[shared[size_t(a)]] < place; };
            const auto at = std::lower_bound(tails.begin(), tails.end(), places[shared[size_t(i)]], smaller);
            from[size_t(i)] = at == tails.begin() ? -1 : *(at - 1);
            if (at == tails.end())
                tails.push_back(i);
            else
                *at = i;
        }
        QSet<QString> kept;
        for (int i = tails.empty() ? -1 : tails.back(); i >= 0; i = from[size_t(i)])
            kept.insert(shared[size_t(i)]);
        for (const QString &ref : shared) {
            if (!kept.contains(ref))
                moved.insert(ref);
        }
    }
    return moved;
}

} // namespace

DefinitionChanges structuralDiff(const QJsonObject &before, const QJsonObject &after)
{
    const QJsonObject oldDefinition = compact(before);
    const QJsonObject newDefinition = compact(after);
    DefinitionChanges changes;
    compare(without(oldDefinition, false), without(newDefinition, false), {}, 0, changes.fields);

    const Flattened old = Flattener().flatten(oldDefinition);
    const Flattened now = Flattener().flatten(newDefinition);
    const QSet<QString> moved = displaced(old, now);
    for (const QString &ref : now.order) {
        const Placed &placed = now.tasks[ref];
        const auto was = old.tasks.constFind(ref);
        if (was == old.tasks.cend()) {
            changes.tasks.push_back({TaskChange::Kind::Added, ref, {}, placed.path, {}});
            continue;
        }
        TaskChange change{TaskChange::Kind::Changed, ref, was->path, placed.path, {}};
        compare(without(was->json, true), without(placed.json, true), {}, 0, change.fields);
        if (was->container != placed.container || moved.contains(ref))
            change.kind = TaskChange::Kind::Moved;
        if (change.kind == TaskChange::Kind::Moved || !change.fields.empty())
            changes.tasks.push_back(std::move(change));
    }
    for (const QString &ref : old.order) {
        if (!now.tasks.contains(ref))
            changes.tasks.push_back({TaskChange::Kind::Removed, ref, old.tasks[ref].path, {}, {}});
    }
    return changes;
}

QString sentence(const DefinitionChanges &changes)
{
    if (changes.isEmpty())
        return u"no difference"_s;
    QStringList parts;
    const auto count = [&](TaskChange::Kind kind) {
        return int(std::count_if(changes.tasks.begin(), changes.tasks.end(), [&](const TaskChange &change) { return change.kind == kind; }));
    };
    const auto add = [&](int number, const QString &word) {
        if (number > 0)
            parts << (parts.isEmpty() ? u"%1 %2 %3"_s.arg(number).arg(number == 1 ? u"task"_s : u"tasks"_s, word) : u"%1 %2"_s.arg(number).arg(word));
    };
    add(count(TaskChange::Kind::Added), u"added"_s);
    add(count(TaskChange::Kind::Removed), u"removed"_s);
    add(count(TaskChange::Kind::Changed), u"changed"_s);
    add(count(TaskChange::Kind::Moved), u"moved"_s);
    if (!changes.fields.empty())
        parts << u"%1 of the workflow's fields changed"_s.arg(changes.fields.size());
    return parts.join(u", "_s);
}

} // namespace conductor
