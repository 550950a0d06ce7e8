// What came back from a call: as a model reads it, as data, and the message itself; how long it took and what it weighs. While it
// runs, how far it is.
#pragma once

#include "conductor/model/status.h"
#include "mcp/caller/conversation.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QTabWidget;

namespace app {

class JsonView;
class PlainTextPane;
class StatusBadge;

class ResultPane : public QWidget
{
    Q_OBJECT

public:
    explicit ResultPane(QWidget *parent = nullptr);

    void clear();
    void showRunning();
    void showProgress(double done, double total, const QString &message); // total 0: unknown
    void showAnswer(const mcp::ServerAnswer &answer);
    void showFailure(const conductor::Error &error);

Q_SIGNALS:
    void copied();

private:
    void say(conductor::StatusFamily family, const QString &glyph, const QString &word, const QString &facts);

    StatusBadge *m_badge;
    QLabel *m_facts;
    QProgressBar *m_progress;
    QTabWidget *m_tabs;
    PlainTextPane *m_text;
    JsonView *m_structured;
    JsonView *m_raw;
};

} // namespace app
