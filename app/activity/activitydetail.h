// One call of an AI client: what was asked, of which server, how it ended, and where to go from there. The activity page owns it.
#pragma once

#include "app/core/clock.h"
#include "mcp/audit/entry.h"

#include <QWidget>

class QPushButton;

namespace app {

class JsonView;
class PlainTextPane;
class ValueList;

class ActivityDetail : public QWidget
{
    Q_OBJECT

public:
    explicit ActivityDetail(QWidget *parent = nullptr);

    void show(const mcp::AuditEntry &call);
    using QWidget::show;
    const mcp::AuditEntry &call() const { return m_call; }

Q_SIGNALS:
    void runRequested(const QString &executionId);
    void againRequested();
    void storyRequested();
    void copied();

private:
    QWidget *buildActions();
    void showRuns();

    mcp::AuditEntry m_call;
    ValueList *m_facts;
    JsonView *m_arguments;
    PlainTextPane *m_cut; // instead, when the arguments were cut and are no JSON any more
    QPushButton *m_run = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_story = nullptr;
};

// Why a kept call cannot be made again as it was: parts were cut or redacted, or it never was a call. Empty when it can.
QString whyNotAgain(const mcp::AuditEntry &call);

} // namespace app
