// The messages of one session: live, filtered by text and kind, held still on request, copied and saved. The session's detail owns it.
#pragma once

#include "app/widgets/savepath.h"
#include "mcp/host/bridgedsession.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace app {

class JsonView;
class SearchField;
class Table;
class TrafficModel;

class SessionLog : public QWidget
{
    Q_OBJECT

public:
    explicit SessionLog(AskSavePath askPath, QWidget *parent = nullptr);

    void show(const QList<mcp::TrafficLine> &traffic); // kept back while it is held still
    using QWidget::show;
    void begin(); // another session: nothing of the one before, and not held still

Q_SIGNALS:
    void said(const QString &text);

private:
    QWidget *buildTools();
    QWidget *buildMessages();
    void filter();
    void hold(bool still);
    void showMessage();
    void showCount();
    void copy();
    conductor::Reply<conductor::Done> save();

    AskSavePath m_askPath;
    SearchField *m_field;
    QComboBox *m_kind;
    QPushButton *m_hold;
    QLabel *m_count;
    Table *m_log;
    TrafficModel *m_traffic;
    JsonView *m_json;
    QList<mcp::TrafficLine> m_latest;
};

} // namespace app
