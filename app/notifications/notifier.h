// Short messages on the desktop, with buttons where the desktop has them. A seam: the desktop's own, or a test's.
#pragma once

#include <QList>
#include <QObject>
#include <QString>

namespace app {

struct Notice {
    struct Button {
        QString id;
        QString word;

        bool operator==(const Button &) const = default;
    };

    QString key = {}; // one is shown for each; a later one takes its place
    QString title = {};
    QString text = {}; // plain, lines parted by line breaks
    QList<Button> buttons = {};

    bool operator==(const Notice &) const = default;
};

class Notifier : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Neither waits for the desktop.
    virtual void show(const Notice &notice) = 0;
    virtual void withdraw(const QString &key) = 0;

Q_SIGNALS:
    void chosen(const QString &key, const QString &button); // "default": the notice itself was clicked
};

} // namespace app
