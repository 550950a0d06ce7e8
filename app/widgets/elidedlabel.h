// One line of text that is cut where it does not fit; the whole of it is in the tooltip then. Always plain text.
#pragma once

#include "app/look/textstyle.h"

#include <QWidget>

namespace app {

class ElidedLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ElidedLabel(TextStyle style = TextStyle::Base, Qt::TextElideMode elide = Qt::ElideRight, QWidget *parent = nullptr);

    void setText(const QString &text);
    const QString &text() const { return m_text; }
    void setPreferredWidth(int pixels); // instead of the text's own

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool isCut() const;

    QString m_text;
    TextStyle m_style;
    Qt::TextElideMode m_elide;
    int m_preferredWidth = 0;
};

} // namespace app
