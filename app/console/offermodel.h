// The rows of what a server offers: tools, resources or prompts, with the columns that fit.
#pragma once

#include "app/console/offered.h"
#include "app/widgets/rowmodel.h"

namespace app {

class OfferModel : public RowModel<Offered>
{
    Q_OBJECT

public:
    enum class What { Tools, Resources, Prompts };
    enum Column { Name, Group, Effect, Bytes, Tokens, On }; // the second of resources is their address; prompts have the first only

    explicit OfferModel(What what, QObject *parent = nullptr);

    void show(std::vector<Offered> offered) { showRows(std::move(offered)); }
    int rowOf(const QString &name) const; // -1: it is not there

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const Offered &offered) const override { return offered.name; }

private:
    QString text(const Offered &offered, int column) const;

    What m_what;
};

} // namespace app
