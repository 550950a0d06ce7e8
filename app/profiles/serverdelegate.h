// A server in the list of the servers page: name, PROD and default mark, how it is, its address, and a note about an old key.
#pragma once

#include "app/widgets/celldelegate.h"

namespace app {

class ServerDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void paintContent(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintName(QPainter &painter, const QRect &rect, const QPalette &palette, const QModelIndex &index) const;
};

} // namespace app
