// What each AI client used in the last seven days, and the least that would be enough for it, to copy as flags. The activity page
// owns it.
#pragma once

#include "app/activity/auditreader.h"
#include "app/widgets/rowmodel.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace app {

class PlainTextPane;
class Table;

struct ClientNeed {
    QString client;
    qint64 calls = 0;
    int tools = 0;
    mcp::Effect::Kind highest = mcp::Effect::Kind::Read;
    mcp::Suggestion suggestion;

    bool operator==(const ClientNeed &) const = default;
};

class ClientNeedsModel : public RowModel<ClientNeed>
{
    Q_OBJECT

public:
    enum Column { Client, Calls, Tools, Effect, Flags, ColumnCount };

    using RowModel::RowModel;

    void show(std::vector<ClientNeed> needs) { showRows(std::move(needs)); }

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const ClientNeed &need) const override { return need.client; }
};

class ClientNeeds : public QWidget
{
    Q_OBJECT

public:
    static constexpr int days = 7;

    explicit ClientNeeds(QWidget *parent = nullptr);

    void show(const std::vector<AuditReader::ClientUsage> &usage);
    using QWidget::show;
    void focusFirst();

Q_SIGNALS:
    void copied();

private:
    void showSelected();
    void copy();

    Table *m_table;
    ClientNeedsModel *m_model;
    QLabel *m_words;
    PlainTextPane *m_flags;
    QPushButton *m_copy;
};

} // namespace app
