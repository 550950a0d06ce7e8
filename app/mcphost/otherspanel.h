// Servers on this machine that do not report to this companion, with who started them: to know of, not to act on. The MCP page
// owns it.
#pragma once

#include "app/core/clock.h"
#include "app/widgets/rowmodel.h"
#include "mcp/host/otherservers.h"

#include <QWidget>

namespace app {

class Table;

class OthersModel : public RowModel<mcp::OtherServer>
{
    Q_OBJECT

public:
    enum Column { Process, Parent, Since, Command, ColumnCount };

    explicit OthersModel(Clock clock, QObject *parent = nullptr);

    void show(std::vector<mcp::OtherServer> servers) { showRows(std::move(servers)); }

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const mcp::OtherServer &server) const override { return QString::number(server.pid); }

private:
    Clock m_clock;
};

class OthersPanel : public QWidget
{
    Q_OBJECT

public:
    explicit OthersPanel(Clock clock, QWidget *parent = nullptr);

    void show(std::vector<mcp::OtherServer> servers); // hidden while there are none

private:
    Table *m_table;
    OthersModel *m_model;
};

} // namespace app
