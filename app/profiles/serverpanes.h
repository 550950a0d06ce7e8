// The right side of the servers page: a server's detail or, in its place, the form or the question that is open. Does what was
// confirmed there. The page owns it.
#pragma once

#include "app/profiles/pane.h"
#include "conductor/base/reply.h"
#include "conductor/profile/profile.h"

#include <QPointer>
#include <QStackedWidget>

namespace app {

class ServerCare;

class ServerPanes : public QStackedWidget
{
    Q_OBJECT

public:
    ServerPanes(ServerCare &care, QWidget *detail, QWidget *parent = nullptr);

    void add();
    void edit(const conductor::Profile &profile, const QUrl &address = {}); // address: one that would do instead
    void changeKey(const conductor::Profile &profile);
    void askToRemoveKey(const conductor::Profile &profile);
    void askForNewToken(const conductor::Profile &profile);
    void askToDelete(const conductor::Profile &profile);

    bool isOpen() const { return m_pane; }
    bool holdsInput() const { return m_pane && m_pane->holdsInput(); } // something was typed that would be lost
    void focusFirst();
    void closeOpen();

Q_SIGNALS:
    void opened();
    void closed();
    void added(const QString &profileId);
    void said(const QString &text);

private:
    void open(Pane *pane);
    conductor::Reply<conductor::Done> removeKey(QString id);
    conductor::Reply<conductor::Done> renewToken(QString id);
    conductor::Reply<conductor::Done> remove(QString id);

    ServerCare &m_care;
    QPointer<Pane> m_pane;
};

} // namespace app
