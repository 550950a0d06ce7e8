// What an AI client's configuration needs to use one of our servers, to read and to copy. The MCP page owns it.
#pragma once

#include "app/core/servers.h"

#include <QWidget>

class QComboBox;
class QPushButton;

namespace app {

class PlainTextPane;

class EntryPanel : public QWidget
{
    Q_OBJECT

public:
    explicit EntryPanel(Servers &servers, QWidget *parent = nullptr);

    // Folded: a line to choose the server, and the entry on request. Once somebody chose, it stays as chosen.
    void setFolded(bool folded);

    void copy(); // nothing when there is no server yet

Q_SIGNALS:
    void copied();

private:
    void showServers();
    void showEntry();
    void showFold();

    Servers &m_servers;
    QComboBox *m_server;
    QPushButton *m_fold;
    PlainTextPane *m_entry;
    bool m_folded = false;
    bool m_chosen = false; // by a person
};

} // namespace app
