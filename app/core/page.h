// What the window asks of a page. Pages are made when they are first shown and do no I/O of their own.
#pragma once

#include <QWidget>

namespace app {

class Page : public QWidget
{
    Q_OBJECT

public:
    explicit Page(QWidget *parent = nullptr)
        : QWidget(parent)
    {
        setBackgroundRole(QPalette::Base);
        setAutoFillBackground(true);
    }

    virtual void setLive(bool) {}     // somebody can see it: it may poll
    virtual void refresh() {}         // F5
    virtual void focusSearch() {}     // Ctrl+F
    virtual void focusContent() { setFocus(Qt::OtherFocusReason); } // when it is opened
    virtual bool closePane() { return false; } // Esc: closes what lies on top; false when nothing did

Q_SIGNALS:
    void said(const QString &text); // a short word for the toast: "Copied"
};

} // namespace app
