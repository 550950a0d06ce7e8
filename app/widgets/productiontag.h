// The word PROD, in amber: what marks a production server wherever it is named.
#pragma once

#include <QWidget>

class QPainter;

namespace app {

void paintProductionTag(QPainter &painter, const QPoint &topLeft, const QPalette &palette);
QSize productionTagSize();

class ProductionTag : public QWidget
{
    Q_OBJECT

public:
    explicit ProductionTag(QWidget *parent = nullptr);

    QSize sizeHint() const override { return productionTagSize(); }
    QSize minimumSizeHint() const override { return productionTagSize(); }

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace app
