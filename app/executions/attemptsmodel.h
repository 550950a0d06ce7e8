// The attempts at one task as rows, the oldest first, to be compared side by side.
#pragma once

#include "app/core/clock.h"
#include "app/widgets/rowmodel.h"
#include "conductor/model/execution.h"

namespace app {

struct AttemptRow {
    int number = 1;
    QString id;
    conductor::TaskStatus status = conductor::TaskStatus::Unknown;
    QString statusWord = {};
    QDateTime scheduled = {};
    QDateTime started = {};
    QDateTime ended = {};
    QString worker = {};

    bool operator==(const AttemptRow &) const = default;
};

class AttemptsModel : public RowModel<AttemptRow>
{
    Q_OBJECT

public:
    enum Column { Number, Status, Started, Duration, ColumnCount };

    explicit AttemptsModel(Clock clock, QObject *parent = nullptr);

    void show(const std::vector<const conductor::TaskAttempt *> &attempts);
    void tick(); // time has passed

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const AttemptRow &row) const override { return row.id; }

private:
    QString text(const AttemptRow &row, int column) const;

    Clock m_clock;
};

} // namespace app
