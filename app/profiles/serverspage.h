// The Conductor servers, their keys, and the local server: a list at the left, what is chosen at the right. The window owns it.
#pragma once

#include "app/core/clock.h"
#include "app/core/page.h"
#include "app/profiles/httpcare.h"
#include "app/profiles/localcare.h"
#include "app/profiles/servercare.h"

class QPushButton;
class QSplitter;
class QStackedWidget;

namespace app {

class EmptyState;
class MessageBar;
class PageHeader;
class ServerDetail;
class ServerPanes;
class ServersModel;
class Table;

class ServersPage : public Page
{
    Q_OBJECT

public:
    ServersPage(Services &services, Servers &servers, Clock clock, QWidget *parent = nullptr);

    void add(); // opens the form
    void showServer(const QString &id);
    void showLocalServer();

    void setLive(bool live) override;
    void refresh() override;
    void focusContent() override;
    bool closePane() override;

private:
    void build();
    QWidget *buildWork();
    void connectParts();
    void connectDetail();
    void connectForms();

    void showRows();
    void showEmptiness();
    void showTrouble();
    void choose(const QModelIndex &index);
    void showSelected();

    void change(const std::function<void(conductor::Profile &)> &edit);
    void takeSuggestion(const QUrl &address);
    void moveAside();
    conductor::Reply<conductor::Done> test();

    const conductor::Profile *selected() const; // null: the local server without a profile, or nothing
    void tellFailure(const QString &what, const conductor::Error &error);

    Services &m_services;
    Servers &m_servers;
    Clock m_clock;
    ServerCare m_care;
    QString m_selectedId;
    bool m_showsRows = false;  // the list changes: nobody has chosen anything
    bool m_wantsLocal = false; // the row of the local server was chosen; its profile may come later

    PageHeader *m_header;
    QPushButton *m_add;
    MessageBar *m_message;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QSplitter *m_work;
    Table *m_table;
    ServersModel *m_model;
    ServerDetail *m_detail;
    ServerPanes *m_panes;
    HttpCare *m_http;
    LocalCare *m_local;
};

} // namespace app
