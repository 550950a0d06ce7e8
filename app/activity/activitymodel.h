// The rows of the activity table: one call of an AI client each, the newest first.
#pragma once

#include "app/core/clock.h"
#include "app/widgets/rowmodel.h"
#include "mcp/audit/entry.h"

namespace app {

class ActivityModel : public RowModel<mcp::AuditEntry>
{
    Q_OBJECT

public:
    enum Column { Time, Outcome, Tool, Client, Profile, Effect, Duration, Size, ColumnCount };

    explicit ActivityModel(Clock clock, QObject *parent = nullptr);

    void show(const std::vector<mcp::AuditEntry> &calls);
    void tick(); // time has passed
    bool hasOpen() const; // a call is still under way

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const mcp::AuditEntry &call) const override { return QString::number(call.number); }

private:
    QString text(const mcp::AuditEntry &call, int column) const;
    QString toolTip(const mcp::AuditEntry &call, int column) const;

    Clock m_clock;
    qint64 m_longestUs = 0;
};

// What a call was made by, in a person's words; of rows that no call made, what they tell.
QString clientName(const mcp::AuditEntry &call);
QString toolName(const mcp::AuditEntry &call);

} // namespace app
