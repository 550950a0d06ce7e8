// Names and values at the top of a pane: as high as they are while there is room, scrolled where there is less.
#pragma once

#include "app/widgets/valuelist.h"

#include <QScrollArea>

namespace app {

class FactsArea : public QScrollArea
{
    Q_OBJECT

public:
    explicit FactsArea(const QString &accessibleName, QWidget *parent = nullptr);

    void show(const std::vector<NamedValue> &values);
    using QWidget::show;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    ValueList *m_values;
};

} // namespace app
