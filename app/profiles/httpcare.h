// What the HTTP panel of the servers page shows and does: the chosen profile's switch and port, its token, its running server.
// The page owns it.
#pragma once

#include "app/profiles/servercare.h"
#include "app/widgets/secretclipboard.h"

namespace app {

class HttpPanel;

class HttpCare : public QObject
{
    Q_OBJECT

public:
    HttpCare(Services &services, ServerCare &care, HttpPanel &panel, QObject *parent = nullptr);

    void show(const conductor::Profile &profile);

Q_SIGNALS:
    void said(const QString &text);
    void failed(const QString &what, const conductor::Error &error);
    void newTokenWanted(const conductor::Profile &profile);

private:
    const conductor::Profile *profile() const;
    void refresh();
    conductor::Reply<conductor::Done> choose(bool on, int port);
    conductor::Reply<conductor::Done> copyHeader();
    void copyAddress();

    Services &m_services;
    ServerCare &m_care;
    HttpPanel &m_panel;
    SecretClipboard m_clipboard;
    QString m_profileId;
};

} // namespace app
