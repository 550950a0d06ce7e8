// The top of the run page: which run, how it is, how far it is, and what can be done to it. The run page owns it.
#pragma once

#include "app/core/clock.h"
#include "conductor/graph/graph.h"

#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace app {

class ElidedLabel;
class IconButton;
class IdLabel;
class RunActions;
class StatusBadge;

class RunHeader : public QWidget
{
    Q_OBJECT

public:
    RunHeader(RunActions &actions, Clock clock, QWidget *parent = nullptr);

    void showUnknown(const QString &id); // nothing was read yet
    void show(const conductor::Execution &execution, const conductor::Graph &graph);
    using QWidget::show;
    void tick(const conductor::Execution &execution, const conductor::Graph &graph); // time has passed
    void setBack(const QString &where);                                              // "Back to WHERE"

Q_SIGNALS:
    void backRequested();
    void parentRequested(const QString &executionId);
    void idCopied();

private:
    void addButtons(QHBoxLayout &line);
    void bind(QPushButton *button, QAction *action);

    RunActions &m_actions;
    Clock m_clock;
    QString m_parentId;
    IconButton *m_back;
    ElidedLabel *m_name;
    ElidedLabel *m_version;
    StatusBadge *m_badge;
    IdLabel *m_id;
    ElidedLabel *m_times;
    ElidedLabel *m_progress;
    QPushButton *m_parent;
};

} // namespace app
