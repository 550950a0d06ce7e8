// How all known AI clients stand, kept true while their files change, and told when one dropped or changed our entry. The companion
// owns it; the page shows it.
#pragma once

#include "mcp/clients/clientwatch.h"
#include "mcp/clients/registrar.h"

#include <QObject>
#include <QSet>

#include <memory>

namespace app {

class LiveClients : public QObject
{
    Q_OBJECT

public:
    explicit LiveClients(QStringList directories = mcp::programDirectories(), QObject *parent = nullptr);

    void start(); // reads, and watches from now on
    void refresh();

    mcp::Registrar &registrar() { return m_registrar; }
    const std::vector<mcp::ClientState> &all() const { return m_states; } // those that are here first
    const mcp::ClientState *find(const QString &id) const;                // null: there is none
    int drifted() const;

Q_SIGNALS:
    void changed();
    void driftSeen(const QString &sentence); // once for each

private:
    mcp::Registrar m_registrar;
    std::vector<mcp::ClientState> m_states;
    QSet<QString> m_told;
    std::unique_ptr<mcp::ClientWatch> m_watch;
};

} // namespace app
