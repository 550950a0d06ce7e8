#include "app/executions/graphaccessible.h"

#include "app/executions/graphview.h"
#include "conductor/graph/outline.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <algorithm>
#include <map>
#include <vector>

using namespace Qt::StringLiterals;

namespace app {
namespace {

// One node. Made when somebody asks for it; owned by Qt's registry, as registered.
class GraphItem : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    GraphItem(GraphView *view, int line)
        : m_view(view)
        , m_line(line)
    {
    }

    bool isValid() const override { return node() != nullptr; }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view->window()->windowHandle(); }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString &) override { }

    QString text(QAccessible::Text kind) const override
    {
        const conductor::Graph::Node *shown = node();
        return shown && kind == QAccessible::Name ? conductor::sentence(m_view->graph(), *shown, m_view->now()) : QString();
    }

    QRect rect() const override
    {
        const QRect box = m_view->nodeRect(index());
        return {m_view->viewport()->mapToGlobal(box.topLeft()), box.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        const conductor::Graph::Node *shown = node();
        state.invalid = !shown;
        state.selectable = true;
        state.focusable = true;
        state.selected = shown && shown->id == m_view->selected();
        state.focused = state.selected && m_view->hasFocus();
        state.offscreen = !m_view->viewport()->rect().intersects(m_view->nodeRect(index()));
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }

    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &action) override
    {
        const conductor::Graph::Node *shown = node();
        if (!shown)
            return;
        const QString id = shown->id;
        m_view->select(id);
        if (action == pressAction())
            Q_EMIT
        m_view->nodeActivated(id);
    }

private:
    int index() const;
    const conductor::Graph::Node *node() const
    {
        const int at = index();
        return at >= 0 && at < int(m_view->graph().nodes.size()) ? &m_view->graph().nodes[size_t(at)] : nullptr;
    }

    GraphView *m_view;
    const int m_line;
};

class GraphList : public QAccessibleWidget
{
public:
    explicit GraphList(GraphView *view)
        : QAccessibleWidget(view, QAccessible::List)
        , m_view(view)
    {
    }

    ~GraphList() override
    {
        for (const auto &[line, id] : m_items)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return int(lines().size()); }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_items.find(index);
        if (known != m_items.end())
            return QAccessible::accessibleInterface(known->second);
        auto *item = new GraphItem(m_view, index);
        m_items[index] = QAccessible::registerAccessibleInterface(item);
        return item;
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (const auto &[line, id] : m_items) {
            if (QAccessible::accessibleInterface(id) == child)
                return line;
        }
        return -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint point = m_view->viewport()->mapFromGlobal(QPoint(x, y));
        for (int line = 0; line < childCount(); ++line) {
            if (m_view->nodeRect(lines()[size_t(line)]).contains(point))
                return child(line);
        }
        return nullptr;
    }

    QAccessibleInterface *focusChild() const override { return child(lineOf(m_view->graph().find(m_view->selected()))); }

    int lineOf(int node) const
    {
        const std::vector<int> &order = lines();
        const auto found = std::find(order.begin(), order.end(), node);
        return node < 0 || found == order.end() ? -1 : int(found - order.begin());
    }

    int nodeOf(int line) const { return line < childCount() ? lines()[size_t(line)] : -1; }

private:
    // Nodes in reading order.
    const std::vector<int> &lines() const
    {
        if (m_revision != m_view->revision()) {
            m_revision = m_view->revision();
            m_lines.clear();
            for (const conductor::OutlineLine &line : conductor::outline(m_view->graph(), m_view->now()))
                m_lines.push_back(line.node);
        }
        return m_lines;
    }

    GraphView *m_view;
    mutable quint64 m_revision = 0;
    mutable std::vector<int> m_lines;
    mutable std::map<int, QAccessible::Id> m_items;
};

GraphList *listOf(GraphView *view) { return static_cast<GraphList *>(QAccessible::queryAccessibleInterface(view)); }

int GraphItem::index() const { return listOf(m_view)->nodeOf(m_line); }

QAccessibleInterface *makeList(const QString &className, QObject *object)
{
    auto *view = className == u"app::GraphView" ? qobject_cast<GraphView *>(object) : nullptr;
    return view ? new GraphList(view) : nullptr;
}

} // namespace

void installGraphAccessibility()
{
    QAccessible::installFactory(makeList); // keeps one of each
}

void announceGraph(GraphView *view)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(view, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

void announceSelection(GraphView *view, int node)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(view, QAccessible::Focus);
    event.setChild(listOf(view)->lineOf(node));
    QAccessible::updateAccessibility(&event);
}

} // namespace app
