// The rows of the table of AI clients: who is connected, to which server, and how its server process does.
#pragma once

#include "app/core/clock.h"
#include "app/widgets/rowmodel.h"
#include "mcp/host/sessioninfo.h"

namespace app {

class SessionsModel : public RowModel<mcp::SessionInfo>
{
    Q_OBJECT

public:
    enum Column { Client, Profile, Revision, Since, LastCall, Calls, Errors, Bytes, Restarts, Door, Process, LastExit, ColumnCount };

    explicit SessionsModel(Clock clock, QObject *parent = nullptr);

    void show(std::vector<mcp::SessionInfo> sessions) { showRows(std::move(sessions)); }
    void tick(); // time has passed

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const mcp::SessionInfo &session) const override { return session.id; }

private:
    QString text(const mcp::SessionInfo &session, int column) const;
    QString toolTip(const mcp::SessionInfo &session, int column) const;

    Clock m_clock;
};

// Which era of the protocol a revision belongs to, for a person.
QString eraText(const QString &revision);

} // namespace app
