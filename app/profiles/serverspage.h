// The Conductor servers, their keys, and the local server: a list at the left, what is chosen at the right. The window owns it.
#pragma once

#include "app/core/clock.h"
#include "app/core/page.h"
#include "app/profiles/servercare.h"

#include <QPointer>

class QPushButton;
class QSplitter;
class QStackedWidget;
class QTimer;

namespace app {

class Confirmation;
class EmptyState;
class MessageBar;
class PageHeader;
class Pane;
class ServerDetail;
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

    void showRows();
    void showEmptiness();
    void showTrouble();
    void choose(const QModelIndex &index);
    void showSelected();
    void showLocal();

    void open(Pane *pane); // at the right, in place of the detail
    void closeOpen();
    void edit(const QUrl &address = {});
    void openKey();
    void askToRemoveKey();
    void askToDelete();
    void change(const std::function<void(conductor::Profile &)> &edit);
    void takeSuggestion(const QUrl &address);
    void moveAside();
    conductor::Reply<conductor::Done> test();
    conductor::Reply<conductor::Done> removeKey(QString id);
    conductor::Reply<conductor::Done> remove(QString id);

    const conductor::Profile *selected() const; // null: the local server without a profile, or nothing
    void tellFailure(const QString &what, const conductor::Error &error);

    Services &m_services;
    Servers &m_servers;
    Clock m_clock;
    ServerCare m_care;
    QString m_selectedId;
    bool m_showsRows = false;  // the list changes: nobody has chosen anything
    bool m_wantsLocal = false; // the row of the local server was chosen; its profile may come later
    QPointer<Pane> m_pane;     // a form or a question that is open

    PageHeader *m_header;
    QPushButton *m_add;
    MessageBar *m_message;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QSplitter *m_work;
    Table *m_table;
    ServersModel *m_model;
    QStackedWidget *m_right;
    ServerDetail *m_detail;
    QTimer *m_tick;
};

} // namespace app
