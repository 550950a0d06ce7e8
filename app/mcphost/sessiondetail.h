// One AI client's session: what went through, what its server process wrote, and the facts of its processes. The MCP page owns it.
#pragma once

#include "app/core/clock.h"
#include "mcp/host/bridgedsession.h"

#include <QWidget>

namespace app {

class JsonView;
class PlainTextPane;
class Table;
class TrafficModel;
class ValueList;
struct NamedValue;

class SessionDetail : public QWidget
{
    Q_OBJECT

public:
    explicit SessionDetail(Clock clock, QWidget *parent = nullptr);

    void show(const mcp::SessionInfo &session);
    using QWidget::show;
    void showLog(const QList<mcp::TrafficLine> &traffic, const QByteArray &errorOutput);

Q_SIGNALS:
    void endRequested();

private:
    QWidget *buildMessages();
    QWidget *buildFacts();
    std::vector<NamedValue> factsOf(const mcp::SessionInfo &session) const;
    void showMessage();

    Clock m_clock;
    Table *m_log;
    TrafficModel *m_traffic;
    JsonView *m_json;
    PlainTextPane *m_stderr;
    ValueList *m_facts;
    QWidget *m_end = nullptr;
};

} // namespace app
