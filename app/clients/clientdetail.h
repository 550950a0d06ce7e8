// One AI client: how it stands in a sentence, the server it is to use, and what can be done. The clients page owns it.
#pragma once

#include "app/core/servers.h"
#include "mcp/clients/registrar.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace app {

class StatusBadge;

class ClientDetail : public QWidget
{
    Q_OBJECT

public:
    explicit ClientDetail(Servers &servers, QWidget *parent = nullptr);

    void show(const mcp::ClientState &state, const QString &version);
    using QWidget::show;

    mcp::EntryWish wish() const; // with the chosen server
    mcp::EntryWish repair() const;

Q_SIGNALS:
    void registerRequested();
    void repairRequested();
    void removeRequested();
    void undoRequested();
    void linkRequested();
    void copyRequested();

private:
    void build();
    void showServers();
    void updateButtons();

    Servers &m_servers;
    mcp::ClientState m_state;
    QLabel *m_name;
    StatusBadge *m_badge;
    QLabel *m_sentence;
    QComboBox *m_server;
    QPushButton *m_register;
    QPushButton *m_repair;
    QPushButton *m_remove;
    QPushButton *m_undo;
    QPushButton *m_link;
    QPushButton *m_copy;
};

} // namespace app
