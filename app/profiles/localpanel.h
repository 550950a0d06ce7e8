// The Conductor server of our own on this machine: how it is, in words, and the buttons that start and stop it. Owned by the
// servers page.
#pragma once

#include "app/look/statuslook.h"
#include "conductor/local/localserver.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;

namespace app {

class PlainTextPane;
class StatusBadge;

// What is to be said about it; Services knows it.
struct LocalFacts {
    conductor::LocalServer::State state = conductor::LocalServer::State::Stopped;
    QUrl url = {};
    QString logFile = {};
    QStringList lastLines = {};
    std::optional<conductor::Error> trouble = {};     // of the server
    std::optional<conductor::Error> demoTrouble = {}; // of the sample workflows
    bool demoWanted = false;
};

StatusLook localLook(conductor::LocalServer::State state);

class LocalPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LocalPanel(QWidget *parent = nullptr);

    void show(const LocalFacts &facts);
    using QWidget::show;

Q_SIGNALS:
    void startRequested(bool withDemo);
    void stopRequested();

private:
    void build();
    void showText(const LocalFacts &facts);
    void showLog(const LocalFacts &facts);

    StatusBadge *m_state;
    QLabel *m_text;
    QCheckBox *m_demo;
    QPushButton *m_start;
    QPushButton *m_stop;
    QLabel *m_logTitle;
    PlainTextPane *m_log;
    bool m_chosen = false; // the person has touched the switch: what is wanted does not move it
};

} // namespace app
