// A switch that narrows a list, small enough to stand in a row with others.
#pragma once

#include "app/look/statuslook.h"

#include <QAbstractButton>

namespace app {

class FilterChip : public QAbstractButton
{
    Q_OBJECT

public:
    explicit FilterChip(const StatusLook &look, QWidget *parent = nullptr); // a look without glyph is a plain word

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StatusLook m_look;
};

} // namespace app
