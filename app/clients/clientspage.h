// The AI clients of this machine: which there are, which use one of our servers, and a way to register, change, repair and remove
// that, each change shown before it is made. The window owns it.
#pragma once

#include "app/core/page.h"
#include "app/core/servers.h"
#include "mcp/clients/registrar.h"

#include <QHash>

class QSplitter;
class QStackedWidget;

namespace app {

class ChangeReview;
class ClientDetail;
class ClientsModel;
class LiveClients;
class MessageBar;
class PageHeader;
class Table;

class ClientsPage : public Page
{
    Q_OBJECT

public:
    ClientsPage(LiveClients &clients, Servers &servers, QWidget *parent = nullptr);

    void setLive(bool live) override;
    void refresh() override;
    void focusContent() override;
    bool closePane() override;

private:
    void build();
    void connectDetail();
    void showClients();
    void showSelected();
    void review(const conductor::Result<mcp::ClientPlan> &plan);
    void reviewAgain();
    void endReview();
    void copyEntry();
    void openLink();
    const mcp::ClientState *selected() const;
    conductor::Reply<conductor::Done> askVersion(mcp::ClientState state);

    LiveClients &m_clients;
    QHash<QString, QString> m_versions; // of those that were looked at
    std::function<conductor::Result<mcp::ClientPlan>()> m_plan; // of the change under review
    PageHeader *m_header;
    MessageBar *m_message;
    Table *m_table;
    ClientsModel *m_model;
    QStackedWidget *m_below;
    ClientDetail *m_detail;
    ChangeReview *m_review;
};

} // namespace app
