// Glyph and word of a status, in its family's colour on a quiet wash. Painted by one function for widgets and tables.
#pragma once

#include "app/look/statuslook.h"

#include <QWidget>

class QFontMetrics;
class QPainter;

namespace app {

// The badge at the left of rect, centred in its height; its word is elided where rect is too narrow.
void paintStatusBadge(QPainter &painter, const QRect &rect, const StatusLook &look, const QPalette &palette, const QFont &font);
QSize statusBadgeSize(const StatusLook &look, const QFont &font);

class StatusBadge : public QWidget
{
    Q_OBJECT

public:
    explicit StatusBadge(QWidget *parent = nullptr);

    void show(const StatusLook &look); // a change is announced to screen readers
    using QWidget::show;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StatusLook m_look;
};

} // namespace app
